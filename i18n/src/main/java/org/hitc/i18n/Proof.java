package org.hitc.i18n;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Shows single messages in one language, for tools that look at them. For any number of threads.
 */
public final class Proof {
  private final LocaleFormatters formatters;

  private Proof(LocaleFormatters formatters) {
    this.formatters = formatters;
  }

  /** Shows messages in this language. */
  public static Proof in(Language language) {
    return new Proof(new LocaleFormatters(language.locale()));
  }

  /**
   * A message as a reader would see it.
   *
   * @param words of the message
   * @param unusable names of arguments that were missing or of another kind
   */
  public record Shown(String words, List<String> unusable) {
    public Shown {
      unusable = List.copyOf(unusable);
    }
  }

  /**
   * Shows a message.
   *
   * @param arguments as for {@link Catalogue#text(String, Map)}; instants are told in UTC
   */
  public Shown show(Message message, Map<String, ?> arguments) {
    Rendering rendering = new Rendering(formatters, ZoneOffset.UTC, arguments, false);
    String words = rendering.render(message);
    return new Shown(words, rendering.unusable());
  }
}
