package org.hitc.i18n.exchange;

import java.util.List;

/**
 * What a file for other tools holds.
 *
 * @param source BCP 47 tag of the source language
 * @param target BCP 47 tag of the language it is translated into
 */
public record Exchange(String source, String target, List<Unit> units) {
  public Exchange {
    units = List.copyOf(units);
  }
}
