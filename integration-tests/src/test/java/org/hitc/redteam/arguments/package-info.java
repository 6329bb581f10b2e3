/**
 * Attacks on input and arguments: values that programs must never see, and values that they must
 * see exactly as typed.
 *
 * <p><b>SECURITY.</b> Plays the browser of a hostile user; believes nothing of the answers.
 */
@NullMarked
package org.hitc.redteam.arguments;

import org.jspecify.annotations.NullMarked;
