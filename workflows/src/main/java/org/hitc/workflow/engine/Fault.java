package org.hitc.workflow.engine;

import java.util.Map;
import org.hitc.channel.Refusal;

/**
 * Why a value is refused.
 *
 * <p>Arguments by refusal; none of them ever holds the value:
 *
 * <ul>
 *   <li>{@code ARG_LEN}: {@code max} (characters), {@code maxBytes}
 *   <li>{@code ARG_FORMAT}: {@code expected}, one of {@code digits}, {@code picture}, {@code
 *       number}, {@code email}, {@code yes}; for {@code digits} also {@code count}, for {@code
 *       picture} also {@code picture}, for {@code number} also {@code decimals}, {@code min} and
 *       {@code max}
 *   <li>{@code ARG_RANGE}: {@code min} and {@code max}, those that there are
 *   <li>{@code ARG_DATE}: {@code reason}, one of {@code range} (a day outside of the bounds),
 *       {@code form}, {@code year}, {@code calendar}, {@code day} ({@link
 *       InputReader.NoDayReason}); {@code min} and {@code max}, those that there are
 *   <li>{@code ARG_FILE}: {@code expected}, {@code size} or {@code kind}; {@code max} (kilobytes of
 *       1,024 bytes), {@code kinds}
 *   <li>{@code WF_COUNT}: {@code min} and {@code max}
 *   <li>others: none
 * </ul>
 */
public record Fault(Refusal why, Map<String, Argument> arguments) {
  public Fault {
    arguments = Map.copyOf(arguments);
  }

  static Fault of(Refusal why) {
    return new Fault(why, Map.of());
  }
}
