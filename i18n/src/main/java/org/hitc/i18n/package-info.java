/**
 * What people read, in their language: which language that is ({@link org.hitc.i18n.Languages}),
 * the words ({@link org.hitc.i18n.Messages}), numbers and times ({@link org.hitc.i18n.Formats}).
 * The only place that knows ICU4J.
 *
 * <p><b>SECURITY.</b> Three kinds of input meet here. What a browser says it prefers is hostile: it
 * selects one of the offered languages and leaves no other trace; no part of it reaches a file name
 * or a page. Values put into messages are hostile as well: they are inserted as they are, never
 * read as a pattern, and bounded where formatting them could cost more than printing them; escaping
 * for HTML is the template's task. Message files belong to whoever may write the folders they stand
 * in; they are data with declared, typed arguments, checked as a whole before they are used, and
 * one that is not right is refused with all its problems.
 */
@NullMarked
package org.hitc.i18n;

import org.jspecify.annotations.NullMarked;
