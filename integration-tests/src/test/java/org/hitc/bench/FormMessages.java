package org.hitc.bench;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hitc.i18n.Bundle;
import org.hitc.i18n.Catalogue;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Layer;
import org.hitc.i18n.Loading;
import org.hitc.i18n.Messages;
import org.hitc.i18n.check.MessageFolder;

/**
 * The messages of a large form in German: labels, sentences with values, numbers, plurals. Ours
 * come from a snapshot; ICU's from its own formatters, which only one thread may use.
 */
final class FormMessages {
  static final int NUMBER = 200;

  private static final String TAG = "de";

  private final List<String> keys = new ArrayList<>();
  private final List<Map<String, Object>> values = new ArrayList<>();
  private final List<MessageFormat> patterns = new ArrayList<>();
  private final Catalogue catalogue;

  private FormMessages(Path folder) throws IOException {
    StringBuilder file = new StringBuilder();
    for (int i = 0; i < NUMBER; i++) {
      keys.add("field" + i + ".label");
      values.add(
          Map.of("account", "204110", "n", i, "amount", java.math.BigDecimal.valueOf(i * 31L, 2)));
      String pattern = pattern(i);
      patterns.add(new MessageFormat(pattern, ULocale.forLanguageTag(TAG)));
      file.append(keys.getLast()).append(" = ").append(pattern).append('\n');
    }
    Files.writeString(
        folder.resolve("messages_" + TAG + ".properties"), file, StandardCharsets.UTF_8);
    Bundle bundle = new MessageFolder(folder).read(Language.of(TAG)).bundle();
    Languages offered = Languages.of(List.of(TAG));
    this.catalogue =
        switch (Messages.load(
            offered,
            offered.byDefault(),
            ZoneOffset.UTC,
            List.of(new Layer.Site(Map.of(TAG, bundle))))) {
          case Loading.Loaded(Messages messages) -> messages.in(offered.byDefault()).isolating();
          case Loading.Refused(var problems) -> throw new IllegalStateException("" + problems);
        };
  }

  private static String pattern(int i) {
    return switch (i % 10) {
      case 0, 1 -> "Konto {account} in Feld " + i;
      case 2 -> "Betrag {amount, number, ::.00} von Feld " + i;
      case 3 -> "{n, plural, one {# Zeile} other {# Zeilen}} in Feld " + i;
      default -> "Bezeichnung von Feld " + i;
    };
  }

  /** Writes them into this folder and reads them from there; both ways say the same. */
  static FormMessages write(Path folder) throws IOException {
    FormMessages form = new FormMessages(folder);
    for (int i = 0; i < NUMBER; i++) {
      if (!form.our(i).equals(form.icu(i))) {
        throw new IllegalStateException(form.our(i) + " instead of " + form.icu(i));
      }
    }
    return form;
  }

  private String our(int i) {
    return catalogue.text(keys.get(i), values.get(i)).value();
  }

  private String icu(int i) {
    return patterns.get(i).format(values.get(i));
  }

  void ours() {
    for (int i = 0; i < NUMBER; i++) {
      if (our(i).isEmpty()) {
        throw new IllegalStateException("no words");
      }
    }
  }

  void icus() {
    for (int i = 0; i < NUMBER; i++) {
      if (icu(i).isEmpty()) {
        throw new IllegalStateException("no words");
      }
    }
  }
}
