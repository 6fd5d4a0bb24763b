package ai.binealnet.detect.data;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Reads annotations of PASCAL VOC. Their boxes count pixels from 1 and include the last one, so
 * that {@code xmin, xmax} cover {@code [xmin - 1, xmax]} in continuous coordinates.
 */
final class VocXml {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private VocXml() {}

  /**
   * Reads one file.
   *
   * @param name of the picture
   * @param picture its file
   * @throws UserError if the file is missing, no XML, holds a document type (and with it maybe
   *     external entities), or misses a part of a box
   */
  static Annotation read(Path file, String name, Path picture) {
    Element root = parse(file);
    if (!root.getTagName().equals("annotation")) {
      throw damaged(file, "an element annotation", root.getTagName(), null);
    }
    int height = 0;
    int width = 0;
    Optional<Element> size = child(root, "size");
    if (size.isPresent()) {
      height = (int) number(size.get(), "height", file);
      width = (int) number(size.get(), "width", file);
    }
    List<Annotation.Entry> objects = new ArrayList<>();
    for (Element object : children(root, "object")) {
      objects.add(object(object, file));
    }
    return new Annotation(name, picture, height, width, objects);
  }

  private static Annotation.Entry object(Element object, Path file) {
    Element box = required(object, "bndbox", file);
    double xmin = number(box, "xmin", file);
    double ymin = number(box, "ymin", file);
    double xmax = number(box, "xmax", file);
    double ymax = number(box, "ymax", file);
    boolean difficult =
        child(object, "difficult").filter(d -> d.getTextContent().trim().equals("1")).isPresent();
    return new Annotation.Entry(
        required(object, "name", file).getTextContent().trim(),
        xmin - 1,
        ymin - 1,
        xmax,
        ymax,
        xmax > xmin && ymax > ymin,
        difficult,
        false);
  }

  private static Element parse(Path file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_DOCTYPE, true);
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // throws, and prints nothing
      try (var in = Files.newInputStream(file)) {
        return builder.parse(in).getDocumentElement();
      }
    } catch (SAXException e) {
      throw damaged(file, "XML of PASCAL VOC without a document type", e.getMessage(), e);
    } catch (IOException e) {
      throw damaged(file, "a readable annotation", e.toString(), e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every Java platform has such a parser", e);
    }
  }

  private static double number(Element parent, String name, Path file) {
    String text = required(parent, name, file).getTextContent().trim();
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw damaged(file, "a number in " + name, text, e);
    }
    throw damaged(file, "a number in " + name, text, null);
  }

  private static Element required(Element parent, String name, Path file) {
    return child(parent, name)
        .orElseThrow(
            () ->
                damaged(
                    file,
                    name + " in every " + parent.getTagName(),
                    "a " + parent.getTagName() + " without",
                    null));
  }

  private static Optional<Element> child(Element parent, String name) {
    return children(parent, name).stream().findFirst();
  }

  /** Direct children only: parts of an object have names and boxes of their own. */
  private static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        children.add(element);
      }
    }
    return children;
  }

  private static UserError damaged(Path file, String expected, String actual, Exception cause) {
    return new UserError(
        "cannot read annotation " + file,
        expected,
        String.valueOf(actual),
        "correct the file, or take its name out of ImageSets/Main",
        cause);
  }
}
