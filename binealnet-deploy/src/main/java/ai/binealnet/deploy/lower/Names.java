package ai.binealnet.deploy.lower;

/** Names of values that exist in two forms. A graph output keeps its name for the real form. */
final class Names {
  private final GraphView view;

  Names(GraphView view) {
    this.view = view;
  }

  /** The name of {@code value} as bits. */
  String bits(String value) {
    return view.isOutput(value) ? value + ".bits" : value;
  }

  /** The name of {@code value} as an int8 stream. */
  String stream(String value) {
    return view.isOutput(value) ? value + ".int8" : value;
  }

  /** The name of a vector as int8: a reader that wants real numbers keeps the name for them. */
  String pooled(String value) {
    return view.isPrivate(value) ? value : value + ".int8";
  }

  /** The name of {@code value} as real numbers made from its bits or its stream. */
  String real(String value) {
    return view.isOutput(value) ? value : value + ".real";
  }
}
