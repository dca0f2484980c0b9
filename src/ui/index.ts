export { Actions, Button, LinkButton } from './button.tsx';
export { Checkboxes, Field, type Option, Radios, Select, TextArea } from './fields.tsx';
export { Card, Figure, Figures, SummaryList } from './figures.tsx';
export { Form, SearchForm } from './form.tsx';
export { Alert, EmptyState, FormTrouble } from './notices.tsx';
export { Shell } from './shell.tsx';
export { Table } from './table.tsx';
export { Pager, Steps } from './ways.tsx';
