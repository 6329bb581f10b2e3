/**
 * A module whose message files are wrong, for tests.
 *
 * <p><b>SECURITY.</b> Holds nothing but a name.
 */
@NullMarked
package org.hitc.i18n.broken;

import org.jspecify.annotations.NullMarked;
