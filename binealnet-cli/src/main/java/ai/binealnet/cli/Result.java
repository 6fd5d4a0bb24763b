package ai.binealnet.cli;

/**
 * What a command has to say.
 *
 * @param json the object that {@code --json} prints: maps, lists, records, strings, numbers
 * @param text the same for people, without a line break at the end
 * @param ok whether the command did what it was asked; decides the exit code
 */
record Result(Object json, String text, boolean ok) {
  /** A success. */
  static Result done(Object json, String text) {
    return new Result(json, text, true);
  }
}
