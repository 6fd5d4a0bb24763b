package ai.binealnet.core.tensor;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map that forgets what was not used for longest. A network's shapes all fit; those of pictures
 * of ever new sizes would fill the memory.
 */
final class RecentlyUsed<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private static final float LOAD_FACTOR = 0.75f;

  /** Several times the convolutions of the deepest network. */
  static final int MOST = 512;

  RecentlyUsed() {
    super(MOST, LOAD_FACTOR, true);
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > MOST;
  }
}
