/**
 * A translator's file and its source: new keys in and old words kept ({@link
 * org.hitc.i18n.sync.Sync}), out to other tools ({@link org.hitc.i18n.sync.Exports}) and back
 * ({@link org.hitc.i18n.sync.Imports}). Pure: text in, text out.
 */
@NullMarked
package org.hitc.i18n.sync;

import org.jspecify.annotations.NullMarked;
