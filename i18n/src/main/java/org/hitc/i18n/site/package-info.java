/**
 * What an installation says about words: which languages it offers, and what it words differently.
 */
@NullMarked
package org.hitc.i18n.site;

import org.jspecify.annotations.NullMarked;
