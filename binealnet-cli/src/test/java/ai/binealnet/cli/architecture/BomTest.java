package ai.binealnet.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The BOM has no parent, so nothing but this keeps it in step with the build. */
class BomTest {
  private static final Path ROOT = Path.of("..");
  private static final String BOM = "binealnet-bom";

  private static Document pom(Path folder) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(folder.resolve("pom.xml").toFile());
  }

  private static List<String> texts(Document pom, String element) {
    NodeList nodes = pom.getElementsByTagName(element);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void shouldNameEveryModuleAndItself() throws Exception {
    assertThat(texts(pom(ROOT.resolve(BOM)), "artifactId"))
        .containsExactlyInAnyOrderElementsOf(texts(pom(ROOT), "module"));
  }

  @Test
  void shouldHaveTheVersionOfTheBuild() throws Exception {
    assertThat(texts(pom(ROOT.resolve(BOM)), "version").get(0))
        .isEqualTo(texts(pom(ROOT), "version").get(0));
  }
}
