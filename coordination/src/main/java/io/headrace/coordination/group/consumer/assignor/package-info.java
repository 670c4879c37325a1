/** The assignors that run on the server: who shall have which partition, as pure functions of who subscribes to what. */
package io.headrace.coordination.group.consumer.assignor;
