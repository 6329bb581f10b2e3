/** Attacks on steps that run as the signed-in user: a listener in wrong hands, and dying parts. */
@NullMarked
package org.hitc.redteam.runas;

import org.jspecify.annotations.NullMarked;
