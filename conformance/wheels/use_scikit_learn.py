"""scikit-learn: linear models, trees, neighbours, clusters, decompositions, pipelines."""
import numpy as np
from sklearn import cluster, datasets, decomposition, ensemble, linear_model, metrics, model_selection, neighbors, svm, tree
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

x, y = datasets.load_iris(return_X_y=True)
here, there, want, rest = model_selection.train_test_split(x, y, random_state=0)
for model in (linear_model.LogisticRegression(), tree.DecisionTreeClassifier(random_state=0), svm.SVC(),
              neighbors.KNeighborsClassifier(), ensemble.RandomForestClassifier(20, random_state=0),
              ensemble.HistGradientBoostingClassifier(max_iter=10)):
    found = make_pipeline(StandardScaler(), model).fit(here, want).predict(there)
    print(type(model).__name__, round(metrics.accuracy_score(rest, found), 6), found[:20])
print(np.round(linear_model.Ridge(0.1).fit(x, y).coef_, 8), np.round(linear_model.Lasso(0.01).fit(x, y).coef_, 6))
print(np.round(abs(decomposition.PCA(2).fit(x).components_), 6), np.bincount(cluster.KMeans(3, random_state=0, n_init=3).fit(x).labels_))
print(OneHotEncoder().fit_transform([["a"], ["b"], ["a"]]).toarray(), metrics.confusion_matrix([0, 1, 1], [0, 1, 0]))
print(np.round(model_selection.cross_val_score(linear_model.LinearRegression(), x, y, cv=3), 6))
