package org.hitc.listener.desk;

import java.util.Collection;
import java.util.Optional;
import org.hitc.i18n.Messages;

/**
 * What is offered at one moment, and what visits which have begun still use. It does not change: a
 * page is made of one of these, and so never of two generations of words.
 */
public interface Workflows {
  /** What a new visit gets. */
  Optional<Definition> current(String name);

  /** What a visit got that began with this hash; absent when nobody has it any more. */
  Optional<Definition> pinned(String hash);

  /** Everything that a new visit can get. */
  Collection<Definition> all();

  /** The words of the product and of this site. */
  Messages words();
}
