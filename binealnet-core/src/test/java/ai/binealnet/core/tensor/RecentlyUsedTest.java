package ai.binealnet.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentlyUsedTest {
  @Test
  void shouldForgetWhatWasNotUsedForLongest() {
    Map<Integer, String> map = new RecentlyUsed<>();
    for (int i = 0; i < RecentlyUsed.MOST; i++) {
      map.computeIfAbsent(i, key -> "value " + key);
    }
    assertThat(map.get(0)).isEqualTo("value 0"); // used again

    map.put(-1, "one more");

    assertThat(map).hasSize(RecentlyUsed.MOST).containsKeys(0, -1, 2).doesNotContainKey(1);
  }
}
