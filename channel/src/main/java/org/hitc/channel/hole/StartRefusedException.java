package org.hitc.channel.hole;

import java.io.IOException;
import java.io.Serial;
import java.util.List;
import org.hitc.channel.Refusal;

/** The listener must not start: {@link Refusal#CONFIG}, with every reason. */
public final class StartRefusedException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  StartRefusedException(List<String> reasons) {
    super(Refusal.CONFIG.code() + "\n  " + String.join("\n  ", reasons));
  }
}
