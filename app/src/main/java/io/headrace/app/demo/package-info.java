/**
 * {@code headrace demo}: {@link io.headrace.app.demo.Demo} starts a broker as a process of its own, lets
 * {@link io.headrace.app.demo.FlightProducer} stream real flights into it while the members of a
 * {@link io.headrace.app.demo.ReaderGroup} read along, come and go, and kills the broker half-way. At the end a
 * {@link io.headrace.app.demo.FlightReader} reads everything again. {@link io.headrace.app.demo.DeliveryCheck} is the judge.
 */
package io.headrace.app.demo;
