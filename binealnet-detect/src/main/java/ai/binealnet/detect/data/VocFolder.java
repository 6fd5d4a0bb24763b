package ai.binealnet.detect.data;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder in the layout of PASCAL VOC: {@code JPEGImages/<id>.jpg}, {@code Annotations/<id>.xml},
 * {@code ImageSets/Main/{train,val,trainval,test}.txt} with an id on each line.
 *
 * @param root the folder
 */
record VocFolder(Path root) {
  private static final String SETS = "ImageSets/Main";
  private static final String ANNOTATIONS = "Annotations";

  /** Whether the folder has this layout. */
  boolean isPresent() {
    return Files.isDirectory(root.resolve(SETS)) && Files.isDirectory(root.resolve(ANNOTATIONS));
  }

  /** The annotations of a part, in the order of its list; empty if there is no such list. */
  Optional<List<Annotation>> part(String name) {
    Path list = root.resolve(SETS).resolve(name + ".txt");
    if (!Files.isRegularFile(list)) {
      return Optional.empty();
    }
    Map<String, Annotation> known = new HashMap<>();
    List<Annotation> annotations = new ArrayList<>();
    for (String id : ids(list)) {
      annotations.add(known.computeIfAbsent(id, each -> annotation(each, list)));
    }
    return Optional.of(annotations);
  }

  private Annotation annotation(String id, Path list) {
    Path xml = Places.below(root.resolve(ANNOTATIONS), id + ".xml", list);
    Path picture = Places.picture(root.resolve("JPEGImages"), id, list);
    return VocXml.read(xml, id, picture);
  }

  /** The files that decide a training, besides the pictures. */
  List<Path> lists() {
    List<Path> lists = new ArrayList<>();
    for (String name : List.of("train", "val", "trainval", "test")) {
      Path list = root.resolve(SETS).resolve(name + ".txt");
      if (Files.isRegularFile(list)) {
        lists.add(list);
      }
    }
    return lists;
  }

  /** The annotation file of a picture. */
  Path xml(String id) {
    return root.resolve(ANNOTATIONS).resolve(id + ".xml");
  }

  private static List<String> ids(Path list) {
    try {
      return Files.readAllLines(list, StandardCharsets.UTF_8).stream()
          .map(line -> line.strip().split("\\s+")[0])
          .filter(id -> !id.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UserError(
          "cannot read " + list, "a list of picture names", e.toString(), "check the file", e);
    }
  }
}
