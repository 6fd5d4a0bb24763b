package ai.binealnet.detect.data;

import static ai.binealnet.detect.TestData.list;
import static ai.binealnet.detect.TestData.object;
import static ai.binealnet.detect.TestData.picture;
import static ai.binealnet.detect.TestData.xml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.detect.TestData;
import ai.binealnet.detect.decode.Box;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocDataTest {
  @TempDir Path root;

  @Test
  void shouldReadTheSamplesOfBccd() {
    DetectionData data = DetectionData.open(TestData.SAMPLES.resolve("bccd"));

    assertThat(data.classes()).containsExactly("Platelets", "RBC", "WBC");
    DetectionSample sample = data.test().get(0);
    assertThat(sample.image().height()).isEqualTo(480);
    assertThat(sample.boxes()).hasSize(18);
    assertThat(data.train().get(0).boxes())
        .allSatisfy(box -> assertThat(box.box().area()).isPositive());
    assertThat(data.summary()).contains("train: 6 pictures (6 of 640x480)", "WBC 6");
    assertThat(data.dataHash()).startsWith("sha256:");
  }

  @Test
  void shouldValidateOnTheOnlyTrainingPictureOfNeuDet() {
    DetectionData data = DetectionData.open(TestData.SAMPLES.resolve("neu-det"));

    assertThat(data.validation()).isSameAs(data.train());
    assertThat(data.summary()).contains("the training picture itself");
  }

  @Test
  void shouldCountPixelsFromOne() throws IOException {
    picture(root, "a", object("cell", 1, 2, 40, 30));

    assertThat(open("a").train().boxes(0).get(0).box()).isEqualTo(new Box(0, 1, 40, 30));
  }

  private DetectionData open(String... ids) throws IOException {
    list(root, "train", ids);
    list(root, "val", ids);
    list(root, "test", ids);
    return DetectionData.open(root);
  }

  @Test
  void shouldLeaveOutAndClipWhatIsNotInThePicture() throws IOException {
    picture(
        root,
        "a",
        object("cell", 5, 5, 5, 5), // no area
        object("cell", 100, 5, 120, 9), // outside
        object("cell", 30, 20, 60, 25),
        object("worm", 3, 3, 9, 9));
    picture(root, "b");

    DetectionData data = open("a", "b");

    assertThat(data.train().boxes(0))
        .extracting(LabeledBox::box)
        .containsExactly(new Box(29, 19, 40, 25), new Box(2, 2, 9, 9));
    assertThat(data.train().tally()).isEqualTo(new BoxDataset.Tally(1, 1, 1));
    assertThat(data.train().get(1).boxes()).as("a picture without objects").isEmpty();
    assertThat(data.summary())
        .contains("1 without objects", "without area: 3", "outside their pictures: 3", "clipped");
  }

  @Test
  void shouldClipWhenThePictureIsReadIfNoSizeIsWritten() throws IOException {
    picture(root, "a");
    xml(root, "a", object("cell", 30, 20, 60, 25) + object("cell", 100, 5, 120, 9));

    assertThat(open("a").train().get(0).boxes())
        .extracting(LabeledBox::box)
        .containsExactly(new Box(29, 19, 40, 25));
  }

  @Test
  void shouldRefuseAnAnnotationOfAnotherPicture() throws IOException {
    picture(root, "a");
    String size = "<size><width>30</width><height>40</height></size>";
    xml(root, "a", size + object("cell", 1, 1, 9, 9));
    DetectionData data = open("a");

    assertThatThrownBy(data::summary)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("another size")
        .hasMessageContaining("a.png");
  }

  @Test
  void shouldReadDifficultAndNotThePartsOfObjects() throws IOException {
    picture(root, "a");
    xml(
        root,
        "a",
        "<object><part><name>head</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax>"
            + "<ymax>2</ymax></bndbox></part><name>cell</name><difficult>1</difficult>"
            + "<bndbox><xmin>3.5</xmin><ymin>3</ymin><xmax>9</xmax><ymax>9</ymax></bndbox>"
            + "</object>");

    LabeledBox box = open("a").train().boxes(0).get(0);

    assertThat(box).isEqualTo(new LabeledBox(new Box(2.5, 2, 9, 9), 0, true, false));
  }

  @Test
  void shouldRefuseUnknownClasses() throws IOException {
    picture(root, "a", object("cell", 1, 1, 9, 9));
    picture(root, "b", object("wrom", 1, 1, 9, 9));
    list(root, "train", "a");
    list(root, "test", "b");

    assertThatThrownBy(() -> DetectionData.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("wrom")
        .hasMessageContaining("[cell]")
        .hasMessageContaining("b.png");
  }

  @Test
  void shouldTakeTheClassesOfTheirFile() throws IOException {
    picture(root, "a", object("cell", 1, 1, 9, 9));
    Files.write(root.resolve("classes.txt"), List.of("worm", "", "cell"));

    assertThat(open("a").classes()).containsExactly("worm", "cell");
  }

  @Test
  void shouldHoldOutEveryTenthPicture() throws IOException {
    String[] ids = new String[20];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = "p" + i;
      picture(root, ids[i], object("cell", 1, 1, 9, i == 3 ? 1 : 9));
    }
    list(root, "train", ids);
    list(root, "test", "p0");

    DetectionData data = DetectionData.open(root);

    assertThat(data.train().size()).isEqualTo(18);
    assertThat(data.validation().size()).isEqualTo(2);
    assertThat(data.validation().name(0)).isEqualTo("p9");
    assertThat(data.validation().name(1)).isEqualTo("p19");
    assertThat(data.train().tally().withoutArea()).isEqualTo(1);
  }

  @Test
  void shouldTestOnValIfThereIsNoTest() throws IOException {
    picture(root, "a", object("cell", 1, 1, 9, 9));
    picture(root, "b", object("cell", 1, 1, 9, 9));
    picture(root, "c", object("cell", 1, 1, 9, 9));
    list(root, "train", "a", "b");
    list(root, "val", "c");

    DetectionData data = DetectionData.open(root);

    assertThat(data.test().name(0)).isEqualTo("c");
    assertThat(data.validation().name(0)).isEqualTo("b");
  }

  @Test
  void shouldRefuseNamesThatLeadOutOfTheFolder() throws IOException {
    picture(root, "a", object("cell", 1, 1, 9, 9));
    list(root, "test", "a");
    for (String name : List.of("../a", "x/../../a", "/etc/passwd", "x\\..\\a")) {
      list(root, "train", name);
      assertThatThrownBy(() -> DetectionData.open(root))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("outside the data")
          .hasMessageContaining(name);
    }
  }

  @Test
  void shouldRefuseDocumentTypesAndWithThemExternalEntities() throws IOException {
    picture(root, "a");
    Path secret = Files.writeString(root.resolve("secret.txt"), "cell");
    Files.writeString(
        root.resolve("Annotations/a.xml"),
        "<!DOCTYPE annotation [<!ENTITY x SYSTEM \"%s\">]><annotation><object><name>&x;</name>"
                .formatted(secret.toUri())
            + "</object></annotation>");

    assertThatThrownBy(() -> open("a"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("DOCTYPE")
        .hasMessageContaining("a.xml");
  }

  @Test
  void shouldNameDamagedAnnotations() throws IOException {
    picture(root, "a", object("cell", "one", 1, 9, 9));
    assertThatThrownBy(() -> open("a")).hasMessageContaining("xmin").hasMessageContaining("one");

    picture(root, "a", object("cell", "NaN", 1, 9, 9));
    assertThatThrownBy(() -> open("a")).isInstanceOf(UserError.class).hasMessageContaining("NaN");

    picture(root, "a", "<object><name>cell</name></object>");
    assertThatThrownBy(() -> open("a")).hasMessageContaining("bndbox in every object");

    Files.writeString(root.resolve("Annotations/a.xml"), "<annotation><object>");
    assertThatThrownBy(() -> open("a")).isInstanceOf(UserError.class).hasMessageContaining("a.xml");

    Files.delete(root.resolve("Annotations/a.xml"));
    assertThatThrownBy(() -> open("a")).isInstanceOf(UserError.class).hasMessageContaining("a.xml");
  }

  @Test
  void shouldNameMissingPicturesAndLists() throws IOException {
    picture(root, "a", object("cell", 1, 1, 9, 9));
    list(root, "train", "a");
    assertThatThrownBy(() -> DetectionData.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("test or val");

    Files.delete(root.resolve("JPEGImages/a.png"));
    assertThatThrownBy(() -> open("a"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("picture not found");
    assertThatThrownBy(() -> DetectionData.open(root.resolve("nowhere")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such folder");
  }
}
