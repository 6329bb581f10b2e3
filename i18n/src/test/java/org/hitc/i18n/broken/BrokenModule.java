package org.hitc.i18n.broken;

/** Stands beside the broken files. */
public final class BrokenModule {
  private BrokenModule() {}
}
