/**
 * What happens after step N: a pure function from position, event and time to an outcome. No clock,
 * file, process, channel or randomness is in here; the listener brings them.
 *
 * <p>The listener keeps every shown page as a {@link org.hitc.workflow.engine.Snapshot} and gives
 * it back with the next event; while programs run it keeps the {@link
 * org.hitc.workflow.engine.Pending}. Both hold nothing but strings, numbers, enums, lists, maps and
 * records, so that one codec stores them. Submitting an older snapshot simply makes a new branch.
 *
 * <p>A visit knows what was passed on the way to its page, and nothing else. Who comes back to a
 * step, by a {@code next} or from a list of pages, is where he was when he first came there: what
 * was answered, printed and chosen behind it is forgotten, for programs, for the question before a
 * change and for the receipt. What he had answered at that step itself fills its form.
 *
 * <p>Every report and every change runs behind all guards above it, once in a job, but those of
 * branches that were not taken. A page that says why the way stopped is tried again from where the
 * way began, so that no guard is left out; a way that can change something is never tried again.
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
