# The fake Microsoft, the fake Nylas and the example application of the demo: this project's own test code.
ARG JRE_IMAGE=eclipse-temurin:21-jre

FROM ${JRE_IMAGE}
COPY target/fakes/lib/ /fakes/lib/
COPY target/test-classes/ /fakes/classes/
USER 1000
# Published ports reach the container's own address, not its loopback interface.
ENV LISTEN_ADDRESS=0.0.0.0
ENTRYPOINT ["java", "-cp", "/fakes/classes:/fakes/lib/*", "io.github.keycloaknylas.demo.FakesMain"]
