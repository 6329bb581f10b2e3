package org.hitc.gateway.page;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.hitc.channel.Refusal;
import org.hitc.channel.Text;
import org.hitc.i18n.Catalogue;
import org.hitc.i18n.Language;
import org.hitc.i18n.Languages;
import org.hitc.i18n.Rendered;

/** The gateway's own words on one page. */
public final class Words {

  /** Of a language that is not offered: browsers find it out from the first letter. */
  private static final String BY_FIRST_LETTER = "auto";

  private final String tag;
  private final Languages languages;
  private final Catalogue catalogue;

  /**
   * @param tag BCP 47 tag of the page
   * @param languages those the gateway's own words are offered in
   * @param catalogue the best of them for the page
   */
  Words(String tag, Languages languages, Catalogue catalogue) {
    this.tag = tag;
    this.languages = languages;
    this.catalogue = catalogue;
  }

  /** BCP 47 tag of the page. */
  public String tag() {
    return tag;
  }

  /** Value of {@code dir} for the page. */
  public String direction() {
    return directionOf(tag);
  }

  /** Value of {@code dir} for words in a language. */
  public String directionOf(String language) {
    return languages
        .withTag(language)
        .map(Language::direction)
        .map(direction -> direction.html())
        .orElse(BY_FIRST_LETTER);
  }

  /** The menu of languages of the page. */
  LanguageMenu menu(LanguageMenu.Way way) {
    return new LanguageMenu(languages.all(), tag, way);
  }

  /** A message without arguments. */
  public Text say(String key) {
    return say(key, Map.of());
  }

  /** A message with named arguments. */
  public Text say(String key, Map<String, ?> arguments) {
    Rendered rendered = catalogue.text(key, arguments);
    return new Text(
        rendered.value(),
        Optional.of(rendered.language()).filter(language -> !language.equals(tag)));
  }

  /** A number with exactly the decimals it has, as readers of the page expect it. */
  public String number(BigDecimal value) {
    return catalogue.formats().decimal(value);
  }

  /** A message where only characters can stand: in a title or an attribute. */
  public String plain(String key) {
    return say(key).value();
  }

  /** What to do after a refusal; a wrong entry says so itself. */
  public Optional<Text> help(Refusal why) {
    int wrongEntry = Refusal.ARG_FORMAT.status();
    return why.status() == wrongEntry
        ? Optional.empty()
        : Optional.of(say(why.messageKey() + ".help"));
  }

  /** The words of a refusal at the field of a sign-in that it is about. */
  public Text atField(Refusal why) {
    return say(why.messageKey());
  }

  /** The words of a refusal on a page of its own, where no field stands that they could name. */
  public Text refusal(Refusal why) {
    return why.status() == Refusal.ARG_FORMAT.status() && why != Refusal.SIGN_IN
        ? say("problem.answer")
        : say(why.messageKey());
  }
}
