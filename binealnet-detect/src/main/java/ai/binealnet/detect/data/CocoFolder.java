package ai.binealnet.detect.data;

import ai.binealnet.core.data.Folders;
import ai.binealnet.core.graph.UserError;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder in the layout of COCO: {@code annotations/instances_<part>*.json} (or {@code
 * <part>*.json}) with the pictures in a folder of the part's name, in {@code images}, or both.
 * Boxes are left, top, width, height in pixels from 0.
 *
 * @param root the folder
 */
record CocoFolder(Path root) {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final String INSTANCES = "instances_";
  private static final int BOX = 4;

  /** What of a file is read; segmentations and captions are not. */
  private record Content(
      List<Picture> images, List<Instance> annotations, List<Category> categories) {}

  private record Picture(
      @JsonProperty("id") long id,
      @JsonProperty("file_name") String file,
      @JsonProperty("height") int height,
      @JsonProperty("width") int width) {}

  private record Instance(
      @JsonProperty("image_id") long image,
      @JsonProperty("category_id") long category,
      @JsonProperty("bbox") double[] box,
      @JsonProperty("iscrowd") int crowd) {}

  private record Category(@JsonProperty("id") long id, @JsonProperty("name") String name) {}

  /**
   * A part of the data.
   *
   * @param classes names in the order of the file's category ids
   * @param annotations in the order of the file
   */
  record Part(List<String> classes, List<Annotation> annotations) {}

  /** Whether the folder has this layout. */
  boolean isPresent() {
    return file("train").isPresent();
  }

  /** The annotation file of a part, such as {@code train}. */
  Optional<Path> file(String part) {
    Path folder = root.resolve("annotations");
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    List<Path> files =
        Folders.list(folder).stream().filter(file -> suffix(file).startsWith(part)).toList();
    return files.stream()
        .filter(file -> file.getFileName().toString().startsWith(INSTANCES))
        .findFirst()
        .or(() -> files.stream().findFirst());
  }

  /** The part that a file is named after, such as {@code train2017}, or nothing. */
  private static String suffix(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(".json")) {
      return "";
    }
    String stem = name.substring(0, name.length() - ".json".length());
    return stem.startsWith(INSTANCES) ? stem.substring(INSTANCES.length()) : stem;
  }

  /**
   * Reads a part; empty if there is no such file.
   *
   * @throws UserError if it is damaged, or names pictures that are not there
   */
  Optional<Part> part(String name) {
    return file(name).map(this::read);
  }

  private Part read(Path file) {
    Content content = parse(file);
    Map<Long, String> names = new HashMap<>();
    List<String> classes = new ArrayList<>();
    content.categories.stream()
        .sorted(Comparator.comparingLong(Category::id))
        .forEach(
            category -> {
              names.put(category.id, category.name);
              classes.add(category.name);
            });
    Map<Long, List<Annotation.Entry>> objects = new HashMap<>();
    content.images.forEach(picture -> objects.put(picture.id, new ArrayList<>()));
    for (Instance instance : content.annotations) {
      List<Annotation.Entry> entries = objects.get(instance.image);
      String category = names.get(instance.category);
      if (entries == null
          || category == null
          || instance.box == null
          || instance.box.length != BOX
          || !Arrays.stream(instance.box).allMatch(Double::isFinite)) {
        throw damaged(
            file,
            "annotations with a listed image_id and category_id and four numbers in bbox",
            "image_id %d, category_id %d".formatted(instance.image, instance.category),
            null);
      }
      entries.add(entry(category, instance));
    }
    return new Part(
        List.copyOf(classes),
        content.images.stream()
            .map(
                picture ->
                    new Annotation(
                        picture.file,
                        picture(picture, file),
                        picture.height,
                        picture.width,
                        objects.get(picture.id)))
            .toList());
  }

  private static Annotation.Entry entry(String category, Instance instance) {
    double[] b = instance.box;
    boolean hasArea = b[2] > 0 && b[3] > 0;
    return new Annotation.Entry(
        category, b[0], b[1], b[0] + b[2], b[1] + b[3], hasArea, false, instance.crowd != 0);
  }

  private Path picture(Picture picture, Path origin) {
    if (picture.file == null) {
      throw damaged(origin, "a file_name of every image", "image " + picture.id + " without", null);
    }
    String part = suffix(origin);
    return Stream.of(part, "images/" + part, "images", ".")
        .map(root::resolve)
        .filter(Files::isDirectory)
        .map(folder -> Places.below(folder.normalize(), picture.file, origin))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(() -> Places.missing(root.resolve(part).resolve(picture.file), origin));
  }

  private static Content parse(Path file) {
    try {
      Content content = JSON.readValue(file.toFile(), Content.class);
      if (content == null
          || !isWhole(content.images)
          || !isWhole(content.annotations)
          || !isWhole(content.categories)
          || content.categories.stream().anyMatch(category -> category.name == null)) {
        throw damaged(file, "images, annotations, categories and names", "not all of them", null);
      }
      return content;
    } catch (IOException e) {
      throw damaged(file, "JSON of COCO", e.getMessage(), e);
    }
  }

  private static boolean isWhole(List<?> list) {
    return list != null && list.stream().noneMatch(Objects::isNull);
  }

  private static UserError damaged(Path file, String expected, String actual, Exception cause) {
    return new UserError(
        "cannot read annotations " + file, expected, actual, "correct the file", cause);
  }
}
