package org.hitc.i18n;

import com.ibm.icu.util.ULocale;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hitc.i18n.LayerReader.Bundles;

/**
 * All words in all offered languages: one immutable snapshot of the message files. A page is drawn
 * from one snapshot and so never mixes two.
 */
public final class Messages {

  /** What a snapshot shares with those made from it. */
  private record Setting(
      Languages offered,
      Language source,
      ZoneId zone,
      Map<Language, List<ULocale>> chains,
      FormatterPool formatters,
      Complaints complaints,
      List<PseudoLocale> pseudo) {

    Setting with(Languages all, List<PseudoLocale> more) {
      return new Setting(all, source, zone, chains, formatters, complaints, more);
    }

    Set<String> tags() {
      Set<String> tags = new LinkedHashSet<>();
      chains.values().forEach(chain -> chain.forEach(l -> tags.add(l.toLanguageTag())));
      return tags;
    }
  }

  private final Setting setting;
  private final List<Bundles> layers;
  private final Map<Language, Catalogue> catalogues;

  private Messages(Setting setting, List<Bundles> layers) {
    this.setting = setting;
    this.layers = List.copyOf(layers);
    Map<Language, List<Catalogue.Step>> steps = new HashMap<>();
    setting.chains().forEach((language, chain) -> steps.put(language, steps(language, chain)));
    Map<Language, Catalogue> all = new HashMap<>();
    for (Language language : setting.offered().all()) {
      all.put(language, catalogue(language, steps));
    }
    for (PseudoLocale pseudo : setting.pseudo()) {
      Language language = pseudo.language();
      steps.put(language, changed(pseudo, steps.getOrDefault(setting.source(), List.of())));
      all.put(language, catalogue(language, steps).changing(pseudo::text));
    }
    this.catalogues = Map.copyOf(all);
  }

  private Catalogue catalogue(Language language, Map<Language, List<Catalogue.Step>> steps) {
    Formats formats = new Formats(setting.formatters().of(language.locale()), setting.zone());
    return new Catalogue(
        language, formats, setting.source(), Map.copyOf(steps), setting.complaints());
  }

  private List<Catalogue.Step> changed(PseudoLocale pseudo, List<Catalogue.Step> source) {
    String tag = pseudo.language().tag();
    LocaleFormatters formatters = setting.formatters().of(pseudo.language().locale());
    List<Catalogue.Step> changed = new ArrayList<>();
    for (Catalogue.Step step : source) {
      Map<String, Message> messages = new HashMap<>();
      step.bundle().messages().forEach((key, m) -> messages.put(key, pseudo.message(key, m)));
      changed.add(new Catalogue.Step(new Bundle(messages), tag, formatters));
    }
    return changed;
  }

  /**
   * This snapshot, and those made from it, in the languages of {@link PseudoLocale} as well:
   * everything that the source language says, changed. For those who work on texts.
   */
  public Messages withPseudoLocales() {
    return new Messages(
        setting.with(setting.offered().withPseudoLocales(), List.of(PseudoLocale.values())),
        layers);
  }

  /**
   * Reads and checks the files of these layers: those of the offered languages, of the source
   * language, and of the locales that these inherit from (CLDR's {@code parentLocales}).
   *
   * @param offered the languages that people can read
   * @param source the language the product's messages are written in, used where there is no other
   * @param zone the time zone of instants in messages
   * @param layers strongest first among those of a kind
   */
  public static Loading load(Languages offered, Language source, ZoneId zone, List<Layer> layers) {
    Parents parents = Parents.ofCldr();
    Map<Language, List<ULocale>> chains = new HashMap<>();
    offered.all().forEach(l -> chains.put(l, parents.chain(l.locale())));
    chains.put(source, parents.chain(source.locale()));
    Setting setting =
        new Setting(
            offered,
            source,
            zone,
            Map.copyOf(chains),
            new FormatterPool(),
            new Complaints(),
            List.of());
    return load(setting, List.of(), layers);
  }

  /** This snapshot with more layers, such as those of one workflow. What is loaded is shared. */
  public Loading with(List<Layer> more) {
    return load(setting, layers, more);
  }

  private static Loading load(Setting setting, List<Bundles> loaded, List<Layer> more) {
    List<Problem> problems = new ArrayList<>();
    LayerReader reader = new LayerReader(setting.tags(), setting.source().tag(), problems);
    List<Bundles> read = new ArrayList<>();
    more.forEach(layer -> read.add(reader.read(layer)));
    if (!problems.isEmpty()) {
      return new Loading.Refused(problems);
    }
    read.addAll(loaded);
    read.sort(Comparator.comparingInt(bundles -> rank(bundles.layer())));
    return new Loading.Loaded(new Messages(setting, read));
  }

  /** Whose words go first for one locale. */
  private static int rank(Layer layer) {
    return switch (layer) {
      case Layer.Site _ -> 0;
      case Layer.Workflow _ -> 1;
      case Layer.Product _ -> 2;
    };
  }

  private List<Catalogue.Step> steps(Language language, List<ULocale> chain) {
    List<Catalogue.Step> steps = new ArrayList<>();
    for (ULocale locale : chain) {
      ULocale shown = sameLanguage(locale, language.locale()) ? language.locale() : locale;
      for (Bundles layer : layers) {
        Bundle bundle = layer.byTag().get(locale.toLanguageTag());
        if (bundle != null) {
          steps.add(
              new Catalogue.Step(bundle, shown.toLanguageTag(), setting.formatters().of(shown)));
        }
      }
    }
    return List.copyOf(steps);
  }

  /** de-CH reads what de says, with its own numbers; hi-Latn reads en-IN, which is English. */
  private static boolean sameLanguage(ULocale inherited, ULocale asked) {
    ULocale a = ULocale.addLikelySubtags(inherited);
    ULocale b = ULocale.addLikelySubtags(asked);
    return a.getLanguage().equals(b.getLanguage()) && a.getScript().equals(b.getScript());
  }

  /** The languages that the words are in. */
  public Languages languages() {
    return setting.offered();
  }

  /**
   * The words in one language.
   *
   * @throws IllegalArgumentException if it is not offered
   */
  public Catalogue in(Language language) {
    Catalogue catalogue = catalogues.get(language);
    if (catalogue == null) {
      throw new IllegalArgumentException(language + " is not offered");
    }
    return catalogue;
  }
}
