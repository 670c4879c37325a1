/**
 * {@code headrace demo}: {@link io.headrace.app.demo.Demo} starts a broker as a process of its own, lets
 * {@link io.headrace.app.demo.FlightProducer} stream real flights into it while a
 * {@link io.headrace.app.demo.FlightReader} reads along, kills the broker half-way, and reads everything again at the end.
 * {@link io.headrace.app.demo.DeliveryCheck} is the judge.
 */
package io.headrace.app.demo;
