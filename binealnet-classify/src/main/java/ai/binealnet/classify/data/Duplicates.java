package ai.binealnet.classify.data;

import ai.binealnet.classify.data.DataReport.Finding;
import ai.binealnet.classify.data.DataReport.Severity;
import ai.binealnet.core.data.DataHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds pictures that occur twice, pixel for pixel: within a split, or, worse, in two splits. */
final class Duplicates {
  private final MessageDigest digest = DataHash.sha256();
  private final Map<ByteBuffer, Place> seen = new HashMap<>();
  private final Map<String, Pairs> pairs = new TreeMap<>();

  private record Place(String split, String name) {}

  /** Equal pictures of the same two splits: their number and the first of them. */
  private record Pairs(boolean sameSplit, long count, String first) {
    Pairs plus(Pairs other) {
      return new Pairs(sameSplit, count + other.count, first);
    }
  }

  void add(String split, String name, byte[] pixels, int offset, int length) {
    digest.update(pixels, offset, length);
    Place place = new Place(split, name);
    Place earlier = seen.putIfAbsent(ByteBuffer.wrap(digest.digest()), place);
    if (earlier != null) {
      boolean same = earlier.split().equals(split);
      String where = same ? "within " + split : "in " + earlier.split() + " and " + split;
      Pairs pair = new Pairs(same, 1, earlier.name() + " = " + name);
      pairs.merge(where, pair, Pairs::plus);
    }
  }

  /** One warning for each pair of splits. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    pairs.forEach(
        (where, pair) ->
            findings.add(
                new Finding(
                    Severity.WARNING,
                    "equal pictures " + where,
                    pair.sameSplit() ? "every picture once" : "splits without a common picture",
                    pair.count() + ", the first: " + pair.first(),
                    pair.sameSplit()
                        ? "remove the copies"
                        : "remove them from one split: they make the score too good")));
    return findings;
  }
}
