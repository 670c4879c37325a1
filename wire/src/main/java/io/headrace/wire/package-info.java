/**
 * What the protocol looks like on the wire, and in the segments, which hold the same bytes.
 *
 * <p>A frame that has arrived is put under a {@link io.headrace.wire.ByteReader}, which refuses what cannot be. From it
 * come a {@link io.headrace.wire.RequestHeader}, naming one of {@link io.headrace.wire.ApiKey}, and through
 * {@link io.headrace.wire.RequestDecoder} the generated message object. Produced records stay bytes: a
 * {@link io.headrace.wire.RecordBatch} is a window on a batch's header, a {@link io.headrace.wire.RecordCursor} walks its
 * records to judge them, a {@link io.headrace.wire.Recompressor} changes their compression, and nobody makes an object
 * per record. The answer, with an {@link io.headrace.wire.ErrorCode} where something was refused, becomes a
 * {@link io.headrace.wire.ResponseFrame}: buffers, and between them {@link io.headrace.wire.RecordSlice}s that go out
 * from the file they lie in. {@link io.headrace.wire.BatchBuilder} writes the broker's own batches.
 *
 * <p>Everything here runs on the thread that calls it and keeps nothing from one call to the next but its scratch space.
 */
package io.headrace.wire;
