/** Stores for tests of every module: a fresh embedded one, and a PostgreSQL server of their own. */
@NullMarked
package org.hitc.session.store.testing;

import org.jspecify.annotations.NullMarked;
