/**
 * What happens after step N: a pure function from position, event and time to an outcome. No clock,
 * file, process, channel or randomness is in here; the listener brings them.
 *
 * <p>The listener keeps every shown page as a {@link org.hitc.workflow.engine.Snapshot} and gives
 * it back with the next event; while programs run it keeps the {@link
 * org.hitc.workflow.engine.Pending}. Both hold nothing but strings, numbers, enums, lists, maps and
 * records, so that one codec stores them. Submitting an older snapshot simply makes a new branch.
 *
 * <p><b>SECURITY.</b> Believed: the definition, the snapshots (they come from the listener's own
 * store, for this user and this visit), the context. Not believed: what was typed, which choice or
 * row was named, and what programs printed. A value from any of these becomes an argument or an
 * input line only through {@link org.hitc.workflow.engine.Rules}. Passwords are in a {@link
 * org.hitc.workflow.engine.Invocation} and nowhere else.
 */
@NullMarked
package org.hitc.workflow.engine;

import org.jspecify.annotations.NullMarked;
