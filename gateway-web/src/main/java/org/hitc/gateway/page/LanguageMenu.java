package org.hitc.gateway.page;

import java.util.List;
import org.hitc.channel.PageAddress;
import org.hitc.i18n.Language;
import org.hitc.i18n.PseudoLocale;

/**
 * S15: the languages in which a page can be read.
 *
 * @param languages all that are offered
 * @param current tag of the page's own
 * @param way how one gets from here to the same page in another
 */
public record LanguageMenu(List<Language> languages, String current, Way way) {
  public LanguageMenu {
    languages = List.copyOf(languages);
  }

  /** How the page changes its language. */
  public sealed interface Way {
    /** By a link that comes back to this address. */
    record Link(String here) implements Way {}

    /**
     * By a button of the form with the id {@link #FORM}, so that what was typed stays.
     *
     * @param action where it is sent, without the tag
     */
    record Button(String action) implements Way {}

    static Way link(String here) {
      return new Link(here);
    }

    static Way form(PageAddress page) {
      return new Button(Links.page(page) + "/in/");
    }

    static Way signIn() {
      return new Button(Links.LANGUAGE);
    }
  }

  /** Id of the form whose buttons the languages are. */
  public static final String FORM = "form";

  /** Nobody needs a choice of one. */
  public boolean isOffered() {
    return languages.size() > 1;
  }

  /** Somebody works on the words: what is in another language than the page is to be seen. */
  public boolean isPreview() {
    return languages.stream().anyMatch(l -> l.tag().equals(PseudoLocale.KEYED.tag()));
  }

  /** Tag by tag: the page's own is not a choice. */
  public boolean isCurrent(Language language) {
    return language.tag().equals(current);
  }
}
