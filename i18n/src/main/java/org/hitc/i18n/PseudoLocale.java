package org.hitc.i18n;

import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Languages that nobody speaks, made of the source's messages so that one can look whether a screen
 * is ready for others. Values and plurals stay what they are. They are never among the languages of
 * an installation; {@link Messages#withPseudoLocales} adds them to a snapshot.
 */
public enum PseudoLocale {
  /** Letters with accents, and about 40 % longer: shows words that are not from a message file. */
  ACCENTED("en-XA", "Accents") {
    @Override
    String words(String words) {
      StringBuilder out = new StringBuilder(words.length() * 2);
      for (int i = 0; i < words.length(); i++) {
        char c = words.charAt(i);
        int at = PLAIN.indexOf(c);
        out.append(at < 0 ? c : ACCENTS.charAt(at));
        if (VOWELS.indexOf(c) >= 0) {
          out.append(ACCENTS.charAt(at));
        }
      }
      return out.toString();
    }
  },

  /** In Arabic letters by sound, from right to left: shows what is not mirrored. */
  MIRRORED("ar-XB", "Mirrored") {
    @Override
    String words(String words) {
      StringBuilder out = new StringBuilder(words.length());
      for (int i = 0; i < words.length(); i++) {
        int at = PLAIN.indexOf(words.charAt(i));
        out.append(at < 0 ? words.charAt(i) : ARABIC.charAt(at % ARABIC.length()));
      }
      return out.toString();
    }
  },

  /** In brackets: shows words that are cut off, or put together of several messages. */
  BRACKETED("en-XC", "Brackets") {
    @Override
    String words(String words) {
      return words;
    }

    @Override
    Message message(String key, Message source) {
      List<Node> nodes = new ArrayList<>();
      nodes.add(new Node.Literal("\u27E6"));
      nodes.addAll(source.nodes());
      nodes.add(new Node.Literal("\u27E7"));
      return new Message(nodes, source.arguments());
    }
  },

  /** With the key of each message behind it: shows which words of a file stand where. */
  KEYED("en-XD", "Keys") {
    @Override
    String words(String words) {
      return words;
    }

    @Override
    Message message(String key, Message source) {
      List<Node> nodes = new ArrayList<>(source.nodes());
      nodes.add(new Node.Literal(" [" + key + "]"));
      return new Message(nodes, source.arguments());
    }
  };

  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String ACCENTS = "àƀçđéƒĝĥîĵķļɱñöþɋŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŢÛṼŴẊÝŽ";
  private static final String ARABIC = "ابچدهفگحيجكلمنوپقرستووخخيز";
  private static final String VOWELS = "aeiouyAEIOUY";
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][A-Za-z0-9]{0,30}>");

  private final String tag;
  private final String name;

  PseudoLocale(String tag, String name) {
    this.tag = tag;
    this.name = name;
  }

  /** The tag of its language. */
  public String tag() {
    return tag;
  }

  /** Its language, of which {@link Language#of} knows nothing. */
  public Language language() {
    return Language.unchecked(ULocale.forLanguageTag(tag), name);
  }

  /** Words between tags and values, changed. */
  abstract String words(String words);

  /** A message of the source, changed. */
  Message message(String key, Message source) {
    return new Message(nodes(source.nodes()), source.arguments());
  }

  /** A text that is no message, changed. */
  String text(String key, String text) {
    Message message = message(key, new Message(List.of(new Node.Literal(text)), Map.of()));
    StringBuilder out = new StringBuilder();
    for (Node node : message.nodes()) {
      if (node instanceof Node.Literal(String words)) {
        out.append(words);
      }
    }
    return out.toString();
  }

  private List<Node> nodes(List<Node> nodes) {
    return nodes.stream().map(this::node).toList();
  }

  private Node node(Node node) {
    return switch (node) {
      case Node.Literal(String text) -> new Node.Literal(betweenTags(text));
      case Node.Plural plural ->
          new Node.Plural(
              plural.name(),
              plural.type(),
              plural.offset(),
              plural.shownAs(),
              plural.exact().stream()
                  .map(exact -> new Node.Exact(exact.number(), nodes(exact.message())))
                  .toList(),
              variants(plural.categories()));
      case Node.Select select -> new Node.Select(select.name(), variants(select.cases()));
      case Node.Argument _, Node.Numeric _, Node.Dated _, Node.Hash _ -> node;
    };
  }

  private Map<String, List<Node>> variants(Map<String, List<Node>> variants) {
    Map<String, List<Node>> changed = new LinkedHashMap<>();
    variants.forEach((name, nodes) -> changed.put(name, nodes(nodes)));
    return changed;
  }

  private String betweenTags(String text) {
    StringBuilder out = new StringBuilder();
    Matcher tags = TAG.matcher(text);
    int from = 0;
    while (tags.find()) {
      out.append(words(text.substring(from, tags.start()))).append(tags.group());
      from = tags.end();
    }
    return out.append(words(text.substring(from))).toString();
  }
}
