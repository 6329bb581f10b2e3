package org.hitc.i18n;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The messages of one file, parsed. */
record Bundle(Map<String, Message> messages) {
  Bundle {
    messages = Map.copyOf(messages);
  }

  /** Parses these entries, naming all that cannot be parsed. */
  static Bundle parse(String file, List<Entry> entries, List<Problem> problems) {
    Map<String, Message> messages = new HashMap<>();
    for (Entry entry : entries) {
      try {
        Message message = MessageParser.parse(entry.value());
        checkDeclared(file, entry, message, problems);
        messages.put(entry.key(), message);
      } catch (MessageSyntaxException e) {
        problems.add(new Problem(file, entry.line(), entry.key() + ": " + e.getMessage()));
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
          for (String words : misuses(message.arguments(), declared)) {
            problems.add(new Problem(file, entry.line(), entry.key() + ": " + words));
          }
          for (String name : declared.keySet()) {
            if (!message.arguments().containsKey(name)) {
              problems.add(
                  new Problem(
                      file, entry.line(), entry.key() + ": {" + name + "} is declared only"));
            }
          }
        });
  }

  /** What is wrong with using these arguments where those are given. */
  static List<String> misuses(Map<String, Kind> used, Map<String, Kind> given) {
    List<String> misuses = new ArrayList<>();
    used.forEach((name, use) -> {
      Kind kind = given.get(name);
      if (kind == null) {
        misuses.add("nothing fills in {" + name + "}");
      } else if (!kind.fits(use)) {
        misuses.add("{" + name + "} is not that kind of value");
      }
    });
    return misuses;
  }
}
