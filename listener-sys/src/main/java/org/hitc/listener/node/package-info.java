/**
 * What keeps two listeners apart: the lock on a state folder, for two on one machine, and the names
 * of nodes in a shared store, for two on several.
 */
@NullMarked
package org.hitc.listener.node;

import org.jspecify.annotations.NullMarked;
