package io.github.keycloaknylas.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.http.Parameters;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

class ParametersTest {

    @Test
    void namesAndValuesAreDecoded() {
        assertThat(Parameters.parse("a+b=1%262&c=x=y").values()).isEqualTo(Map.of("a b", "1&2", "c", "x=y"));
    }

    @Test
    void anEmptyParameterIsThereButCountsAsNotGiven() {
        Parameters parameters = Parameters.parse("empty=&bare&given=1");

        assertThat(parameters.values()).containsEntry("empty", "").containsEntry("bare", "");
        assertThat(parameters.find("empty")).isEmpty();
        assertThat(parameters.find("bare")).isEmpty();
        assertThat(parameters.find("missing")).isEmpty();
        assertThat(parameters.find("given")).contains("1");
    }

    @Test
    void ofARepeatedParameterTheFirstValueCounts() {
        assertThat(Parameters.parse("a=1&a=2").find("a")).contains("1");
    }

    @ParameterizedTest
    @NullAndEmptySource
    void anAddressWithoutAQueryHasNoParameters(String query) {
        assertThat(Parameters.parse(query).values()).isEmpty();
    }

    @Test
    void whatIsEncodedIsReadAsItWas() {
        Parameters parameters = new Parameters(new TreeMap<>(Map.of("a b", "1&2=3", "c", "ü")));

        assertThat(parameters.encoded()).isEqualTo("a+b=1%262%3D3&c=%C3%BC");
        assertThat(Parameters.parse(parameters.encoded())).isEqualTo(parameters);
    }
}
