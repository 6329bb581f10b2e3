/**
 * What the tests of the whole share: the running product, started as its users start it, and a
 * browser without a screen.
 */
@NullMarked
package org.hitc.it;

import org.jspecify.annotations.NullMarked;
