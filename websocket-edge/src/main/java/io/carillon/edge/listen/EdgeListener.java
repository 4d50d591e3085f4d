package io.carillon.edge.listen;

import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import jakarta.inject.Singleton;

/** Brings the edge's pipeline into Micronaut's server. */
@Singleton
final class EdgeListener implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private final BeanProvider<Takeovers> takeovers;

  EdgeListener(BeanProvider<Takeovers> takeovers) {
    this.takeovers = takeovers;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new EdgePipeline(takeovers.get().all(), null));
    return event.getBean();
  }
}
