/** Tests of the chart: its rights and policies against a real API server. */
@NullMarked
package io.minicloud.app.chart;

import org.jspecify.annotations.NullMarked;
