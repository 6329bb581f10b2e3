/**
 * Files that hold secrets: signing keys, password hashes, the store.
 *
 * <p><b>SECURITY.</b> Such a file is believed only when it is a regular file, not a link, of the
 * user this process runs as, and nobody else may read or write it. The directory it lies in must
 * belong to the sys side; what is replaced while it is being checked is not defended against here.
 */
@NullMarked
package org.hitc.session.file;

import org.jspecify.annotations.NullMarked;
