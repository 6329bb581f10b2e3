/**
 * The bytes of the channel: the {@link org.hitc.channel.codec.Hint hint}, the {@link
 * org.hitc.channel.codec.RequestCodec request file}, the {@link org.hitc.channel.codec.Frame
 * frames} of a reply and the {@link org.hitc.channel.codec.RecordCodec records} inside them. One
 * codec for both sides, as {@code docs/PROTOCOL.md} describes it. Bytes in, values out: nothing
 * here opens a file, reads a clock or starts a thread.
 *
 * <p><b>SECURITY.</b> {@link org.hitc.channel.codec.RequestCodec#decode} and {@link
 * org.hitc.channel.codec.HintReader} run on the trusted side and believe nothing: their input may
 * be written by an attacker byte for byte. They never throw, never allocate by a length that they
 * have not checked, and put no value into a log text. {@link org.hitc.channel.codec.FrameReader}
 * and {@link org.hitc.channel.codec.RecordCodec} read what the trusted side wrote (or kept in its
 * store); they are as strict, because a reply can be cut off and a store can be damaged, but what
 * they accept is believed.
 */
@NullMarked
package org.hitc.channel.codec;

import org.jspecify.annotations.NullMarked;
