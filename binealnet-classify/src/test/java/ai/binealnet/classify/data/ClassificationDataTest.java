package ai.binealnet.classify.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.classify.data.ClassificationData.Format;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassificationDataTest {
  @TempDir Path dir;

  @Test
  void shouldOpenTheSamples() {
    ClassificationData data = ClassificationData.open(TestData.SAMPLES);

    assertThat(data.format()).isEqualTo(Format.CIFAR);
    assertThat(data.classes()).hasSize(10).startsWith("airplane", "automobile").endsWith("truck");
    assertThat(data.train().size()).isEqualTo(2700);
    assertThat(data.validation().size()).isEqualTo(300);
    assertThat(data.test().size()).isEqualTo(500);
  }

  @Test
  void shouldHaveSamplesThatAreBalancedAndDistinct() {
    DataReport report = DataCheck.run(TestData.SAMPLES);

    assertThat(report.findings()).isEmpty();
    assertThat(report.counts().get("train").values()).hasSize(10).containsOnly(300L);
    assertThat(report.counts().get("test").values()).hasSize(10).containsOnly(50L);
  }

  @Test
  void shouldOpenFolders() throws IOException {
    ClassificationData data = ClassificationData.open(TestData.folder(dir), 0);
    ImageFolderDataset train = (ImageFolderDataset) data.train();

    assertThat(data.format()).isEqualTo(Format.IMAGE_FOLDER);
    assertThat(data.classes()).containsExactly("cat", "dog");
    assertThat(train.labels()).containsExactly(0, 0, 0, 1, 1);
    assertThat(train.file(3)).isEqualTo(dir.resolve("train/dog/a.PNG"));
    assertThat(train.get(2).image().height()).isEqualTo(40);
    assertThat(data.test().size()).isEqualTo(2);
    assertThat(data.validation().size()).isZero();
  }

  @Test
  void shouldHoldOutOfTrainWhereThereIsNoValidationFolder() throws IOException {
    ClassificationData data = ClassificationData.open(TestData.folder(dir));

    assertThat(((ImageFolderDataset) data.validation()).file(0)).hasFileName("c.png");
    assertThat(((ImageFolderDataset) data.validation()).file(1)).hasFileName("b.png");
    assertThat(data.train().size()).isEqualTo(3);
  }

  @Test
  void shouldUseTheValidationFolder() throws IOException {
    TestData.folder(dir);
    TestData.picture(dir.resolve("val/dog/v.png"), 8, 8, 9);

    ClassificationData data = ClassificationData.open(dir);

    assertThat(data.train().size()).isEqualTo(5);
    assertThat(data.validation().size()).isEqualTo(1);
    assertThat(data.validation().get(0).label()).isEqualTo(1);
  }

  @Test
  void shouldTestOnTheValidationFolderWhereThereIsNoOther() throws IOException {
    TestData.folder(dir);
    Files.move(dir.resolve("test"), dir.resolve("val"));

    ClassificationData data = ClassificationData.open(dir);

    assertThat(data.test().size()).isEqualTo(2);
    assertThat(data.validation().size()).isEqualTo(2);
    assertThat(data.train().size()).isEqualTo(3);
  }

  @Test
  void shouldBringPicturesToTheSizeOfTheNetwork() throws IOException {
    ClassificationData data =
        ClassificationData.open(TestData.folder(dir)).fitTo(ImageSpec.rgb(16, 24));
    float[] out = new float[16 * 24 * 3];

    for (int i = 0; i < data.train().size(); i++) {
      ImageSpec.rgb(16, 24).normalize(data.train().get(i).image(), out, 0);
    }
    LabeledImage cifar =
        ClassificationData.open(TestData.SAMPLES).fitTo(ImageSpec.cifar()).test().get(0);
    assertThat(cifar).isEqualTo(ClassificationData.open(TestData.SAMPLES).test().get(0));
  }

  @Test
  void shouldExplainWhatIsMissing() throws IOException {
    failure(dir.resolve("none")).hasMessageContaining("not found").hasMessageContaining("samples");
    failure(TestData.SAMPLES.resolve("test_batch.bin")).hasMessageContaining("a file");
    failure(dir).hasMessageContaining("neither");

    Path cifar = TestData.cifar(dir.resolve("cifar"));
    for (String name : List.of("batches.meta.txt", "test_batch.bin")) {
      Path hidden = Files.move(cifar.resolve(name), dir.resolve("hidden"));
      failure(cifar).hasMessageContaining("missing").hasMessageContaining(name);
      Files.move(hidden, cifar.resolve(name));
    }
    Files.delete(cifar.resolve("data_batch_1.bin"));
    Files.delete(cifar.resolve("data_batch_2.bin"));
    failure(cifar).hasMessageContaining("data_batch_1.bin");
  }

  @Test
  void shouldExplainWhatIsWrongInAFolder() throws IOException {
    Path root = TestData.folder(dir.resolve("f"));

    Path note = Files.writeString(root.resolve("train/cat/note.txt"), "hello");
    failure(root).hasMessageContaining(note.toString());
    Files.delete(note);

    Path empty = Files.createDirectory(root.resolve("train/fish"));
    failure(root).hasMessageContaining("empty class folder " + empty);
    Files.delete(empty);

    TestData.picture(root.resolve("test/bird/x.png"), 8, 8, 1);
    failure(root).hasMessageContaining("bird").hasMessageContaining("[cat, dog]");
    Files.delete(root.resolve("test/bird/x.png"));
    Files.delete(root.resolve("test/bird"));

    Files.move(root.resolve("test"), root.resolve("elsewhere"));
    failure(root).hasMessageContaining("no test pictures");
  }

  @Test
  void shouldNameAPictureThatIsNone() throws IOException {
    Path root = TestData.folder(dir);
    Path bad = Files.writeString(root.resolve("test/cat/t.png"), "no picture");
    ClassificationData data = ClassificationData.open(root);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> data.test().get(0))
        .withMessageContaining(bad.toString());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> failure(Path dir) {
    return assertThatThrownBy(() -> ClassificationData.open(dir)).isInstanceOf(UserError.class);
  }
}
