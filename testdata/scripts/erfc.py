"""Coefficients of erfc in f32, as hlo-emitter's SpecialFunctions has them: python3 testdata/scripts/erfc.py (mpmath)

(1 + 2a) exp(a^2) erfc(a) on 0 <= a <= 12 as a polynomial in q = (a - 2) / (a + 2), through Chebyshev's points.
"""
import mpmath as mp

DEGREE = 11
mp.mp.dps = 40


def scaled(q):
    a = 2 * (1 + q) / (1 - q)
    return (1 + 2 * a) * mp.exp(a * a) * mp.erfc(a)


low, high = mp.mpf(-1), mp.mpf(10) / 14
points = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * DEGREE + 2)) for i in range(DEGREE + 1)]
matrix = mp.matrix(DEGREE + 1, DEGREE + 1)
for i, x in enumerate(points):
    for j in range(DEGREE + 1):
        matrix[i, j] = x ** j
coefficients = mp.lu_solve(matrix, mp.matrix([scaled(x) for x in points]))
for c in reversed(list(coefficients)):
    print(mp.nstr(c, 17))
error = max(abs(mp.polyval(list(reversed(list(coefficients))), x) / scaled(x) - 1) for x in mp.linspace(low, high, 400))
print("relative error", mp.nstr(error, 3))
