package org.hitc.i18n;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What readers had to see a marker for, logged once each, and not without end. */
final class Complaints {
  private static final Logger LOG = LoggerFactory.getLogger(Messages.class);
  private static final int MOST = 1_000;

  private final Set<String> made = ConcurrentHashMap.newKeySet();

  void missing(String language, String key) {
    once("no message " + printable(key) + ", asked for in " + language);
  }

  void unusable(String language, String key, String argument) {
    once(
        "message "
            + printable(key)
            + " in "
            + language
            + ": the argument "
            + printable(argument)
            + " is missing or of another kind");
  }

  private void once(String words) {
    if (made.size() < MOST && made.add(words)) {
      LOG.warn("{}", words);
      if (made.size() == MOST) {
        LOG.warn("further missing messages and arguments are not logged until the next reload");
      }
    }
  }

  /** Keys can be made from what a program printed. */
  private static String printable(String key) {
    String head =
        key.length() > Limits.KEY_CHARACTERS ? key.substring(0, Limits.KEY_CHARACTERS) : key;
    return head.replaceAll("[^ -~]", "?");
  }
}
