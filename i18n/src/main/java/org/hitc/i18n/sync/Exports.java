package org.hitc.i18n.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hitc.i18n.Entry;
import org.hitc.i18n.check.BundleFile;
import org.hitc.i18n.exchange.Exchange;
import org.hitc.i18n.exchange.Unit;

/** Makes what other tools get of a source and a translation. */
public final class Exports {
  private Exports() {}

  /** Every message of the source, with its translation if there is one. */
  public static Exchange of(BundleFile source, BundleFile translation) {
    Map<String, Entry> translated = new HashMap<>();
    translation.entries().forEach(entry -> translated.put(entry.key(), entry));
    List<Unit> units = new ArrayList<>();
    for (Entry entry : source.entries()) {
      units.add(unit(entry, Optional.ofNullable(translated.get(entry.key()))));
    }
    return new Exchange(source.language().tag(), translation.language().tag(), units);
  }

  private static Unit unit(Entry source, Optional<Entry> translation) {
    boolean stale =
        translation.filter(t -> t.metadata().origin().stale(source.value(), t.value())).isPresent();
    Unit.State done = stale ? Unit.State.STALE : Unit.State.TRANSLATED;
    return new Unit(
        source.key(),
        source.value(),
        translation.map(Entry::value),
        translation.isEmpty() ? Unit.State.MISSING : done,
        translation.filter(_ -> stale).flatMap(t -> t.metadata().origin().madeOf()),
        Told.lines(source.metadata()));
  }
}
