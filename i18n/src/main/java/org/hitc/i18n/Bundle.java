package org.hitc.i18n;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages of one file, parsed. */
public record Bundle(Map<String, Message> messages) {
  public Bundle {
    messages = Map.copyOf(messages);
  }

  /** Parses these entries, naming all that cannot be parsed. */
  public static Bundle parse(String file, List<Entry> entries, List<Problem> problems) {
    Map<String, Message> messages = new HashMap<>();
    for (Entry entry : entries) {
      try {
        Message message = MessageParser.parse(entry.value());
        checkDeclared(file, entry, message, problems);
        messages.put(entry.key(), message);
      } catch (MessageSyntaxException e) {
        problems.add(new Problem(file, entry.line(), e.rule(), entry.key(), e.words()));
      }
    }
    return new Bundle(messages);
  }

  /** Where arguments are declared they are the ones used. */
  private static void checkDeclared(
      String file, Entry entry, Message message, List<Problem> problems) {
    entry
        .metadata()
        .arguments()
        .ifPresent(declared -> {
          for (Misuse misuse : misuses(message.arguments(), declared)) {
            problems.add(misuse.in(file, entry));
          }
          for (String name : declared.keySet()) {
            if (!message.arguments().containsKey(name)) {
              problems.add(new Misuse(Rule.L03, "{" + name + "} is declared only").in(file, entry));
            }
          }
        });
  }

  /** An argument used as what it is not. */
  public record Misuse(Rule rule, String words) {
    /** As a problem of this entry. */
    public Problem in(String file, Entry entry) {
      return new Problem(file, entry.line(), rule, entry.key(), words);
    }
  }

  /** What is wrong with using these arguments where those are given. */
  public static List<Misuse> misuses(Map<String, Kind> used, Map<String, Kind> given) {
    List<Misuse> misuses = new ArrayList<>();
    used.forEach((name, use) -> {
      Kind kind = given.get(name);
      if (kind == null) {
        misuses.add(new Misuse(Rule.L03, "nothing fills in {" + name + "}"));
      } else if (!kind.fits(use)) {
        misuses.add(new Misuse(Rule.L04, "{" + name + "} is not that kind of value"));
      }
    });
    return misuses;
  }
}
