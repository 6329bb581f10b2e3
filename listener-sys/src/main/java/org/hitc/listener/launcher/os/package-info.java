/**
 * Every native call of the launcher, one class a concern: processes, sockets with the descriptors
 * that come over them, and accounts. The listener uses the first two as well.
 *
 * <p><b>SECURITY.</b> This runs in the launcher, which is root. Nothing here decides anything, and
 * nothing here knows another class of the product.
 */
@NullMarked
package org.hitc.listener.launcher.os;

import org.jspecify.annotations.NullMarked;
