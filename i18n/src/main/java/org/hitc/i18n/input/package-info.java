/**
 * What people type, read as their language writes it: {@link org.hitc.i18n.input.LocalInput}.
 *
 * <p><b>SECURITY.</b> The texts are hostile. They are looked at whole and up to {@value
 * org.hitc.i18n.input.LocalInput#MAX_LENGTH} characters; no lenient parser of ICU sees them, only
 * its symbols and patterns are used. A text that could mean two things is refused.
 */
@NullMarked
package org.hitc.i18n.input;

import org.jspecify.annotations.NullMarked;
