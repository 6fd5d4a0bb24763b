package ai.binealnet.cli;

import ai.binealnet.deploy.runtime.InputSize;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Rows x columns of pictures, as people ask for them. */
record PictureSize(int rows, int columns) {
  /** Reads {@code 224x224}. */
  static final class Converter implements ITypeConverter<PictureSize> {
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,3})x([1-9]\\d{0,3})");

    @Override
    public PictureSize convert(String text) {
      Matcher size = SIZE.matcher(text);
      if (!size.matches()) {
        throw new TypeConversionException("expected HxW such as 224x224, got " + text);
      }
      return new PictureSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }
  }

  /** The same as input of a model whose own is {@code like}. */
  InputSize of(InputSize like) {
    return new InputSize(rows, columns, like.channels(), like.multiple());
  }

  @Override
  public String toString() {
    return rows + "x" + columns;
  }
}
