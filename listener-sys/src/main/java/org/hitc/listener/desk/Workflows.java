package org.hitc.listener.desk;

import java.util.Collection;
import java.util.Optional;

/** The workflows that are offered, and those that visits which have begun still use. */
public interface Workflows {
  /** What a new visit gets. */
  Optional<Definition> current(String name);

  /** What a visit got that began with this hash; absent when nobody has it any more. */
  Optional<Definition> pinned(String hash);

  /** Everything that a new visit can get. */
  Collection<Definition> all();
}
