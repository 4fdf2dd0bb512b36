"""pandas: grouping, time series, reshaping, text, missing values, CSV."""
import io
import warnings

import numpy as np
import pandas as pd

warnings.simplefilter("error")
rng = np.random.default_rng(0)
hours = pd.date_range("2021-01-01", periods=1000, freq="h")
df = pd.DataFrame({"k": rng.integers(0, 5, 1000), "x": rng.integers(-1000, 1000, 1000) / 311, "t": hours})
print(df.groupby("k").x.agg(["mean", "std", "count"]))
print(df.set_index("t").x.resample("D").mean().head())
print(df.pivot_table(index="k", values="x", aggfunc="median"))
print(df.x.quantile([0.1, 0.5, 0.9]))
print(pd.cut(df.x, 4).value_counts())
print(df.corr(numeric_only=True))
print(pd.read_csv(io.StringIO(df.to_csv(index=False))).dtypes)
print(pd.Series(["a", "b", None]).str.upper().tolist())
print(pd.Categorical(list("abca")))
print(pd.concat([df, df]).shape, df.iloc[3:5], df.loc[df.x > 2].shape)
print(pd.Series([1, 2, 3], dtype="Int64") + pd.NA)
print(pd.to_datetime(["2020-01-01", "2021-05-06"]).tz_localize("UTC").tz_convert("Europe/Berlin"))
print(pd.get_dummies(pd.Series(list("aab"))))
print(df.describe().to_string())
print(pd.MultiIndex.from_product([[1, 2], ["a", "b"]]))
print(df.x.rolling(5).apply(lambda v: v.sum(), raw=True).tail(2))
print(df.x.ewm(span=3).mean().tail(2))
print(np.asarray(df)[:2], pd.DataFrame(np.eye(3)).stack())
print(df.merge(df.groupby("k").x.max().rename("top"), on="k").eval("x / top").sum())
print(df.sort_values(["k", "x"], ascending=[True, False]).head(3), df.k.value_counts().to_dict())
try:
    df.x + [1, 2]
except ValueError as error:
    print(error)
