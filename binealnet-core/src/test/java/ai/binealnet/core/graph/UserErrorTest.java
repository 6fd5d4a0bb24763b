package ai.binealnet.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UserErrorTest {
  @Test
  void shouldJoinAllPartsInTheMessage() {
    IOException cause = new IOException("disk");
    UserError error =
        new UserError("cannot read a.bin", "3073 bytes", "3000 bytes", "copy it again", cause);

    assertThat(error)
        .hasMessage("cannot read a.bin: expected 3073 bytes, got 3000 bytes; copy it again")
        .hasCause(cause);
    assertThat(error.what()).isEqualTo("cannot read a.bin");
    assertThat(error.expected()).isEqualTo("3073 bytes");
    assertThat(error.actual()).isEqualTo("3000 bytes");
    assertThat(error.remedy()).isEqualTo("copy it again");
  }

  @Test
  void shouldInsistOnEveryPart() {
    assertThatNullPointerException()
        .isThrownBy(() -> new UserError("a", "b", "c", null))
        .withMessage("remedy");
  }
}
